import { Type } from 'typebox';
import { required } from '../../core/processes/define.ts';

/** Input of the processes on H3 cells. */
export const resolutionOfCells = required(Type.Integer({ minimum: 0, maximum: 15 }), {
  title: 'Resolution',
  description:
    'From 0 (cells of 4.4 million square kilometres on average) to 15 (0.9 square metres); each has cells of a seventh of the area of the one before.',
});
