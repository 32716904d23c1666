import { apimaticRoutes } from './apimatic-routes';
import { apimaticSlotRoutes } from './apimatic-slot-routes';
import { arcnmRoutes } from './arcnm-routes';
import { brokenRoutes } from './broken-routes';
import type { DemoHandler, DemoRoute } from './demo-route';
import { dropshotRoutes } from './dropshot-routes';
import { halRoutes } from './hal-routes';
import { issueRoutes } from './issue-routes';
import { kneoRoutes } from './kneo-routes';
import { linkRoutes } from './link-routes';
import { odataRoutes } from './odata-routes';
import { openaiRoutes } from './openai-routes';
import { relayRoutes } from './relay-routes';

const index: DemoHandler = (_query, _body, { users, origin }) => ({
  status: 200,
  body: {
    about: 'One list of users through many pagination protocols, always in the same order',
    users: users.length,
    routes: demoRoutes.map(({ method = 'GET', path, about, example }) => ({
      method,
      path,
      about,
      example: `${origin}${example}`,
    })),
  },
});

/** All routes, in the order of the index. */
export const demoRoutes: readonly DemoRoute[] = [
  { path: '/', about: 'This index', example: '/', handle: index },
  ...dropshotRoutes,
  ...kneoRoutes,
  ...openaiRoutes,
  ...apimaticRoutes,
  ...apimaticSlotRoutes,
  ...arcnmRoutes,
  ...linkRoutes,
  ...relayRoutes,
  ...odataRoutes,
  ...halRoutes,
  ...issueRoutes,
  ...brokenRoutes,
];
