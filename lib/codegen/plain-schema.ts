/** A schema reduced to what its type needs. */
export type PlainSchema = boolean | { readonly [key: string]: unknown };
