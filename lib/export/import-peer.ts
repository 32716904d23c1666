import { field } from '../core/field';

/**
 * Loads an optional package.
 * @returns a promise that rejects with how to install it where it is missing
 */
export async function importPeer<M>(name: string, load: () => Promise<M>): Promise<M> {
  try {
    return await load();
  } catch (error) {
    const code = field(error, 'code');
    if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`the package '${name}' is needed: npm install ${name}`, { cause: error });
  }
}
