/** A mistake of the caller that only shows at the first reply; it reaches the error channel as it is. */
export class UsageError extends TypeError {}
