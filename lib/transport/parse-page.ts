import { cleanedCause } from '../core/cleaned-cause';
import { maskReply } from '../core/mask-reply';
import { isPaginationError, PaginationError } from '../core/pagination-error';
import { excerpt } from '../protocol/excerpt';

/** What a caller's parser is told besides the text. */
export interface ParseContext {
  /** The `Content-Type` header. */
  readonly contentType: string | undefined;
  readonly status: number;
  /** The URL that answered. */
  readonly url: string;
}

/** Reads the text of a page, at once or later. */
export type ParsePage = (text: string, context: ParseContext) => unknown;

/** The page as the caller's parser reads it; what it throws is `BAD_CONTENT`, for another attempt would not help. */
export async function parsePage(
  parse: ParsePage,
  text: string,
  context: ParseContext,
): Promise<unknown> {
  try {
    return await parse(text, context);
  } catch (error) {
    if (isPaginationError(error)) throw error;
    const cause = cleanedCause(error);
    throw new PaginationError(
      'BAD_CONTENT',
      `The option 'parse' could not read the body: ${excerpt(cause.message)}`,
      { status: context.status, bodyExcerpt: excerpt(maskReply(text.slice(0, 20_000))), cause },
    );
  }
}
