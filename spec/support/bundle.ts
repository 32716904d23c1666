import { build, stop, type BuildOptions } from 'esbuild';

/**
 * Bundles with esbuild, and ends its process: each spec file has one of its own, which would live with its 150 MB as long as
 * the worker of jest does.
 */
export async function bundle(options: BuildOptions): Promise<void> {
  try {
    await build(options);
  } finally {
    await stop();
  }
}
