/** The item at an index that is within a list by construction. @throws RangeError where it is not */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`There is no item ${index} among ${list.length}`);
  return item;
}

/** Where one of several runs of items begins and ends. @param starts of the runs, and where the last one ends */
export const rangeAt = (starts: ArrayLike<number>, run: number): readonly [from: number, to: number] => [
  itemAt(starts, run),
  itemAt(starts, run + 1),
];
