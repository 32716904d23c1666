// The library of this repository, copied to where it finds the sample's own Angular and RxJS: two copies of
// Angular would not know each other. An application of yours installs the package instead.
import { cpSync, rmSync } from 'node:fs';

rmSync('.library', { recursive: true, force: true });
cpSync('../../lib', '.library', { recursive: true });
