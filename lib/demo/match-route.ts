import { BadInput } from './bad-input';
import type { DemoRoute } from './demo-route';
import { demoRoutes } from './demo-routes';

export interface RouteMatch {
  readonly route: DemoRoute;
  readonly pathValues: Readonly<Record<string, string>>;
}

/** The route of a path, whatever its method. @throws BadInput if a value in the path is badly encoded. */
export function matchRoute(path: string): RouteMatch | undefined {
  const given = path.split('/');
  const route = demoRoutes.find((one) => fits(one.path.split('/'), given));
  if (route === undefined) return undefined;
  const pathValues: Record<string, string> = {};
  route.path.split('/').forEach((segment, at) => {
    const name = variable(segment);
    if (name !== undefined) pathValues[name] = decode(name, given[at] ?? '');
  });
  return { route, pathValues };
}

function fits(wanted: readonly string[], given: readonly string[]): boolean {
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => segment === given[at] || variable(segment) !== undefined)
  );
}

function variable(segment: string): string | undefined {
  return /^\{(\w+)\}$/.exec(segment)?.[1];
}

function decode(name: string, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadInput(name, 'percent-encoded UTF-8', text);
  }
}
