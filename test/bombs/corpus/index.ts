import type { Bomb } from '../support/bomb.ts';
import { archiveBombs } from './archives.ts';
import { binaryBombs } from './binary.ts';
import { columnBombs } from './columns.ts';
import { databaseBombs } from './databases.ts';
import { filterBombs } from './filters.ts';
import { jsonBombs } from './json.ts';
import { processBombs } from './processes.ts';
import { rasterBombs } from './rasters.ts';
import { textBombs } from './text-formats.ts';
import { valueBombs } from './values.ts';

/** All bombs. */
export const bombs: readonly Bomb[] = [
  ...jsonBombs,
  ...archiveBombs,
  ...textBombs,
  ...filterBombs,
  ...rasterBombs,
  ...databaseBombs,
  ...columnBombs,
  ...binaryBombs,
  ...processBombs,
  ...valueBombs,
];
