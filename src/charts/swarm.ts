/**
 * Offsets, in pixels across a line, that spread dots which would hide each other on it: dots of the same stretch of the line
 * stack up alternately on both sides. Stacks shrink together until the highest fits into `room`. Nothing is random.
 * @param positions the dots' places along the line, in pixels
 */
export function spreadDots(positions: readonly number[], diameter: number, room: number): number[] {
  const stretches = positions.map((position) => Math.round(position / diameter));
  const heights = new Map<number, number>();
  const places = stretches.map((stretch) => {
    const place = heights.get(stretch) ?? 0;
    heights.set(stretch, place + 1);
    return place;
  });
  const spacing = Math.min(diameter, (room - diameter) / Math.max(1, ...heights.values()));
  return places.map((place) => (place % 2 === 0 ? 1 : -1) * Math.ceil(place / 2) * spacing);
}

/** Pixels to a tenth: finer than the eye, and shorter to write. */
export function roundPixels(pixels: number): number {
  return Math.round(10 * pixels) / 10;
}
