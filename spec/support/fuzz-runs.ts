/** How many inputs each fuzz test tries; `FUZZ_RUNS` raises it for a soak. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
