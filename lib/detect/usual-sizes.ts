/** Sizes of pages that servers take on their own: a list of exactly so many items may be the first of many. */
export const USUAL_SIZES = new Set([
  ...[
    10, 12, 15, 16, 20, 24, 25, 30, 32, 40, 42, 48, 50, 60, 64, 75, 80, 90, 96, 100, 120, 128, 150,
  ],
  ...[200, 250, 256, 300, 400, 500, 512, 750, 1000, 1024, 2000, 2500, 5000, 10_000],
]);
