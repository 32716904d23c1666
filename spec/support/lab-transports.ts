import '@angular/compiler'; // before all else of Angular
import { withFetch, withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import axios from 'axios';

import type { Transport } from 'paged-observable';
import { angularTransport } from 'paged-observable/angular';
import { axiosTransport } from 'paged-observable/axios';
import { fetchTransport } from 'paged-observable/fetch';

import { startAngular } from './angular';

/** What a transport is made with. */
export interface LabSettings {
  readonly baseUrl?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Its client follows redirects by itself and shows only the last reply, as browsers do. */
  readonly followsRedirects?: true | undefined;
}

/** A transport that the fault cases are run on. */
export interface LabTransport {
  readonly name: string;
  readonly make: (settings: LabSettings) => Transport;
}

/** Every transport, through the same cases. */
export const labTransports: readonly LabTransport[] = [
  {
    name: 'fetch',
    make: ({ baseUrl, headers, followsRedirects }) =>
      fetchTransport({
        baseUrl,
        headers,
        ...(followsRedirects === true && {
          fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }),
        }),
      }),
  },
  {
    name: 'axios',
    make: ({ baseUrl, headers, followsRedirects }) => {
      const instance = axios.create({
        ...(baseUrl !== undefined && { baseURL: baseUrl }),
        ...(headers !== undefined && { headers: { ...headers } }),
      });
      if (followsRedirects === true) {
        // With its own transport: one that is given does not follow.
        const own = { maxRedirects: 5, transport: undefined };
        instance.interceptors.request.use((config) => ({ ...config, ...own }));
      }
      return axiosTransport(instance);
    },
  },
  {
    name: 'angular',
    make: ({ baseUrl, headers = {}, followsRedirects }) => {
      const interceptors = [sending(headers), ...(followsRedirects === true ? [following] : [])];
      const { http, backend } = startAngular([withFetch(), withInterceptors(interceptors)]);
      return angularTransport(http, { backend, baseUrl });
    },
  },
];

/** Adds what a request does not have itself, as the interceptors of applications do. */
function sending(headers: Readonly<Record<string, string>>): HttpInterceptorFn {
  return (request, next) => {
    const lacking = Object.entries(headers).filter(([name]) => !request.headers.has(name));
    return next(request.clone({ setHeaders: Object.fromEntries(lacking) }));
  };
}

const following: HttpInterceptorFn = (request, next) => next(request.clone({ redirect: 'follow' }));
