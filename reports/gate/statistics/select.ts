/** Finding the few values in a long list that bounds and medians stand at, without sorting all of it. */

/**
 * Gives the value that would stand at each place if the list were sorted. Places count from 0 and must ascend.
 * The list is moved around; each search leaves the next a shorter stretch.
 */
export function selectPlaces(values: Float64Array, places: readonly number[]): number[] {
  let from = 0;
  return places.map((place) => {
    select(values, place, from);
    from = place;
    return values[place] ?? Number.NaN;
  });
}

/** Hoare's selection: all before `place` become no larger than it, all after it no smaller. */
function select(values: Float64Array, place: number, from: number): void {
  let left = from;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[(left + right) >> 1] ?? Number.NaN;
    let low = left;
    let high = right;
    while (low <= high) {
      while ((values[low] ?? pivot) < pivot) low += 1;
      while ((values[high] ?? pivot) > pivot) high -= 1;
      if (low > high) break;
      swap(values, low, high);
      low += 1;
      high -= 1;
    }
    if (place <= high) right = high;
    else if (place >= low) left = low;
    else return;
  }
}

function swap(values: Float64Array, one: number, other: number): void {
  const kept = values[one] ?? Number.NaN;
  values[one] = values[other] ?? Number.NaN;
  values[other] = kept;
}
