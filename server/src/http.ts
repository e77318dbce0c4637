import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Metrics } from './metrics.ts';
import { CONTENT_SECURITY_POLICY, FOR_EVER, PERMISSIONS_POLICY } from './policy.ts';

export interface PageServer {
  /** Folder of the built page. */
  readonly page: string;
  readonly version: string;
  /** Seconds. */
  readonly uptime: () => number;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
}

/** The bundler puts a digest of the content in the names of what it writes to `assets`. */
const HASHED_NAME = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/;

/** The page, `/healthz` and `/metrics`. The page has one route, `/`; all else is in the fragment, which browsers do not send. */
export function createApp({ page, version, uptime, metrics }: PageServer): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders(), permissionsPolicy);
  app.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok', version, uptime: Math.round(uptime()) });
  });
  app.get('/metrics', async (_request, response) => {
    response.set({ 'Cache-Control': 'no-store', 'Content-Type': metrics.contentType });
    response.send(await metrics.text());
  });
  app.use(express.static(page, { redirect: false, cacheControl: false, setHeaders: setCaching }));
  app.use(notFound, failed);
  return app;
}

function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    crossOriginEmbedderPolicy: { policy: 'require-corp' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    // Shoal also runs over plain http at home; whoever puts TLS in front decides about HSTS.
    strictTransportSecurity: false,
  });
}

const permissionsPolicy: RequestHandler = (_request, response, next) => {
  response.set('Permissions-Policy', PERMISSIONS_POLICY);
  next();
};

function setCaching(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  response.setHeader('Cache-Control', HASHED_NAME.test(path) ? FOR_EVER : 'no-cache');
}

const notFound: RequestHandler = (_request, response) => {
  response.status(404).type('text/plain').send('Not found\n');
};

/** Express would answer with a stack trace. Four arguments are how it tells an error handler. */
const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  const unsatisfiable = error instanceof Error && 'status' in error && error.status === 416;
  response
    .status(unsatisfiable ? 416 : 500)
    .type('text/plain')
    .send('Not served\n');
};
