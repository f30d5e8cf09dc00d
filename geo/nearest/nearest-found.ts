import type { Found } from './closest.ts';
import type { Neighbour } from './k-nearest.ts';

/** The nearest of what was found, up to a number of geometries: ties by position. */
export class NearestFound implements Found {
  readonly #count: number;
  readonly #most: number;
  #nearest: Neighbour[] = [];

  /** @param most metres up to which geometries are neighbours */
  constructor(count: number, most: number) {
    this.#count = count;
    this.#most = most;
  }

  get bound(): number {
    return this.#nearest[this.#count - 1]?.distance ?? this.#most;
  }

  boundOf(position: number): number {
    const known = this.#nearest.find((neighbour) => neighbour.position === position);
    return Math.min(this.bound, known?.distance ?? Infinity);
  }

  matters(position: number, least: number): boolean {
    const last = this.#nearest[this.#count - 1];
    if (least >= this.boundOf(position) && this.#has(position)) return false;
    return !last || least < last.distance || (least === last.distance && position < last.position);
  }

  #has(position: number): boolean {
    return this.#nearest.some((neighbour) => neighbour.position === position);
  }

  take(position: number, distance: number): void {
    if (distance > this.boundOf(position)) return;
    this.#nearest = [
      ...this.#nearest.filter((neighbour) => neighbour.position !== position),
      { position, distance },
    ]
      .sort((one, other) => one.distance - other.distance || one.position - other.position)
      .slice(0, this.#count);
  }

  get neighbours(): readonly Neighbour[] {
    return this.#nearest;
  }
}
