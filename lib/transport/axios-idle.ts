import { field } from '../core/field';
import type { IdleTimer } from './idle-timer';

interface Http {
  request(options: object, onResponse: (response: Emitter) => void): unknown;
}

interface Emitter {
  on(event: 'data', listener: () => void): unknown;
}

/** Told the head of a reply, where it is seen before axios has read the body. */
type Meet = (status: unknown, headers: unknown) => void;

/** As much of an axios instance as is looked at. */
interface AxiosLike {
  readonly defaults: { readonly timeout?: number; readonly adapter?: unknown };
}

/** Settings of one axios request. */
interface WatchSettings {
  readonly transport?: object;
  readonly onDownloadProgress?: () => void;
}

/** A request of Node that restarts the timer with its headers and with every chunk of its body. */
function watchedTransport(http: Http, https: Http, idle: IdleTimer, meet: Meet): Http {
  return {
    request: (options, onResponse) =>
      (field(options, 'protocol') === 'https:' ? https : http).request(options, (response) => {
        idle.restart();
        meet(field(response, 'statusCode'), field(response, 'headers'));
        onResponse(response);
        // After axios has begun to read, so that nothing flows before.
        response.on('data', () => {
          idle.restart();
        });
      }),
  };
}

/**
 * The settings that restart `idle` with every part of a body that comes. Progress events of axios put each body through a
 * stream of its own, at a tenth of the whole CPU of a request; where Node's own http sends, its response is watched instead.
 *
 * @param isBare sent without the instance's settings
 */
export function watchBody(
  { defaults }: AxiosLike,
  idle: IdleTimer,
  meet: Meet,
  isBare: boolean,
): WatchSettings {
  // With a timeout axios tells its own transports from others.
  const isWatched =
    (defaults.timeout ?? 0) === 0 &&
    (isBare ||
      (isHttpAdapter(defaults.adapter) &&
        ['transport', 'httpVersion'].every((name) => field(defaults, name) === undefined)));
  const [http, https] = [builtin('node:http'), builtin('node:https')];
  if (isWatched && http !== undefined && https !== undefined) {
    return { transport: watchedTransport(http, https, idle, meet) };
  }
  return {
    onDownloadProgress: () => {
      idle.restart(PROGRESS_INTERVAL);
    },
  };
}

/** axios tells of progress three times a second at most, in milliseconds. */
const PROGRESS_INTERVAL = 350;

/** Whether `http` is the first that Node has. */
function isHttpAdapter(adapter: unknown): boolean {
  const names: readonly unknown[] = Array.isArray(adapter) ? adapter : [adapter];
  return names.find((name) => name !== 'xhr') === 'http';
}

/** A module of Node without an import, which bundlers for browsers would stumble over; from Node 20.16 on. */
function builtin(name: string): Http | undefined {
  // Where there is an XMLHttpRequest, axios takes that.
  if ('XMLHttpRequest' in globalThis) return undefined;
  const load = field(field(globalThis, 'process'), 'getBuiltinModule');
  const found: unknown =
    typeof load === 'function' ? Reflect.apply(load, undefined, [name]) : undefined;
  return isHttp(found) ? found : undefined;
}

function isHttp(value: unknown): value is Http {
  return typeof field(value, 'request') === 'function';
}
