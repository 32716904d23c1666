import type { PagedObservable, PagedResponse, Kind, Transport } from 'paged-observable';

export interface User {
  readonly id: string;
  readonly name: string;
}

export declare const transport: Transport;

/** What `paginate` gives. */
export type Paged<T, K extends Kind> = PagedObservable<T, PagedResponse<T, unknown, K>>;

/** True for `any` alone: nothing else can be intersected with 1 and still take a 0. */
export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Takes a value of any type, for uses that are wrong before they get here. */
export declare function read(value: unknown): void;
