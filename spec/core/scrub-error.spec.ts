import { PaginationError, type PaginationErrorFields } from '../../lib/core/pagination-error';
import { fieldsOf, scrubError, scrubFields } from '../../lib/core/scrub-error';

const SECRETS = ['own-secret'];
const fields: PaginationErrorFields = {
  request: { method: 'GET', url: '/a?x=own-secret' },
  ...{ pageIndex: 2, attempts: 3, status: 500, retryAfterMs: 7, retryable: true },
  history: [{ code: 'HTTP_STATUS', status: 500, waitMs: 5 }],
  headers: { server: 'own-secret', via: 'b' },
  problem: {
    status: 500,
    title: 'own-secret',
    detail: 'd own-secret',
    type: 't',
    instance: undefined,
  },
  ...{ bodyExcerpt: 'body own-secret', requestId: 'id own-secret' },
  ...{ itemsEmitted: 4, resumeToken: 'po1.x' },
  cause: {
    ...{ name: 'own-secret', code: 'E own-secret', message: 'm own-secret', stack: 's own-secret' },
    cause: { name: 'Inner', message: 'own-secret' },
  },
};
const clean: PaginationErrorFields = {
  ...fields,
  request: { method: 'GET', url: '/a?x=***' },
  headers: { server: '***', via: 'b' },
  problem: { status: 500, title: '***', detail: 'd ***', type: 't', instance: undefined },
  ...{ bodyExcerpt: 'body ***', requestId: 'id ***' },
  cause: {
    ...{ name: '***', code: 'E ***', message: 'm ***', stack: 's ***' },
    cause: { name: 'Inner', message: '***' },
  },
};

describe('scrubFields', () => {
  it('masks a secret wherever it may stand, and nothing else', () => {
    expect(scrubFields(fields, SECRETS)).toStrictEqual(clean);
  });

  it('adds nothing to an error that knows little', () => {
    const none = {
      ...{ request: undefined, headers: undefined, problem: undefined, cause: undefined },
      ...{ bodyExcerpt: undefined, requestId: undefined },
    };
    expect(scrubFields({}, SECRETS)).toStrictEqual(none);
    const cause = { name: 'Error', message: 'm' };
    expect(scrubFields({ cause }, SECRETS).cause).toStrictEqual(cause);
  });
});

describe('scrubError', () => {
  it('is the very same error where no secret is in it', () => {
    const cause = {
      name: 'E',
      message: 'm',
      code: 'c',
      stack: 's',
      cause: { name: 'F', message: '' },
    };
    const known = { ...clean, cause };
    const error = new PaginationError('HTTP_STATUS', 'failed', known);
    expect(scrubError(error, SECRETS)).toBe(error);
  });

  it('is another error of the same kind where one is in a field', () => {
    const scrubbed = scrubError(new PaginationError('HTTP_STATUS', 'failed', fields), SECRETS);
    expect(scrubbed).toBeInstanceOf(PaginationError);
    expect([scrubbed.code, scrubbed.message]).toEqual(['HTTP_STATUS', 'failed']);
    expect(fieldsOf(scrubbed)).toEqual({ ...clean, name: 'PaginationError', code: 'HTTP_STATUS' });
  });

  it('masks its message and its stack', () => {
    const error = new PaginationError('NETWORK', 'no own-secret', clean);
    const scrubbed = scrubError(error, SECRETS);
    expect(scrubbed.message).toBe('no ***');
    expect(scrubbed.stack).not.toContain('own-secret');
    expect(fieldsOf(scrubbed)).toEqual({ ...clean, name: 'PaginationError', code: 'NETWORK' });

    const inMessage = new PaginationError('NETWORK', 'no own-secret');
    inMessage.stack = 'none';
    expect(scrubError(inMessage, SECRETS).message).toBe('no ***');

    const inStack = new PaginationError('NETWORK', 'no');
    inStack.stack = 'PaginationError: no\n at /own-secret/file.js';
    expect(scrubError(inStack, SECRETS).stack).not.toContain('own-secret');
  });

  it('takes an error without a stack', () => {
    const error = new PaginationError('NETWORK', 'no', {});
    error.stack = undefined as never;
    expect(scrubError(error, SECRETS)).toBe(error);
  });
});
