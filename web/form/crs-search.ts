import areasFile from 'crs-areas.json';
import names from 'crs-names.txt';
import { element } from '../shared/dom.ts';
import {
  type Area,
  type Areas,
  areaOf,
  findCrs,
  type NamedCrs,
  nearestCrs,
  nearestFirst,
  readNames,
} from './find-crs.ts';
import { whereLayerLies } from './layer-place.ts';

const MOST = 30;
/** Of a search, those that are looked through for what is near. */
const MOST_FOUND = 500;

const ask = (file: string): Promise<Response> => fetch(new URL(file, import.meta.url));

let known: Promise<readonly [NamedCrs[], Areas]> | undefined;

/**
 * Fills the list of CRSs while one is typing: by code and by words of the name, of all that the service knows. Those come first
 * that are meant for where the layer lies; without a word these alone are offered.
 */
export async function searchCrs(field: HTMLElement): Promise<void> {
  known ??= Promise.all([
    ask(names).then(async (response) => readNames(await response.text())),
    ask(areasFile).then((response) => response.json() as Promise<Areas>),
  ]);
  const [all, areas] = await known;
  const list = document.getElementById('crs-names');
  const usual = [...(list?.children ?? [])];
  for (const input of field.querySelectorAll<HTMLInputElement>('input[list=crs-names]')) {
    const show = () => {
      const extent = extentOf(areas);
      const found = offer(all, areas, input.value, extent);
      const options = found.map(({ code, name }) => element('option', { value: code }, name));
      list?.replaceChildren();
      for (const option of options.length > 0 ? options : usual) list?.append(option);
    };
    input.addEventListener('input', show);
    input.addEventListener('focus', show);
    show();
  }
}

function offer(
  all: readonly NamedCrs[],
  areas: Areas,
  text: string,
  extent: Area | undefined,
): readonly NamedCrs[] {
  if (text.trim() === '') return extent ? nearestCrs(all, areas, extent, MOST) : [];
  if (!extent) return findCrs(all, text, MOST);
  return nearestFirst(findCrs(all, text, MOST_FOUND), areas, extent).slice(0, MOST);
}

/** The extent of the layer; where it is known in another CRS alone, the middle of where that is used. */
function extentOf(areas: Areas): Area | undefined {
  const { extent, crs } = whereLayerLies() ?? {};
  if (extent || crs === undefined) return extent;
  const [west = 0, south = 0, east = 0, north = 0] = areaOf(areas, crs) ?? [];
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return areaOf(areas, crs) && west <= east ? [x, y, x, y] : undefined;
}
