import type { MiddlewareHandler } from 'hono';
import { csrf } from 'hono/csrf';
import { NONCE, secureHeaders } from 'hono/secure-headers';

/**
 * For pages that show personal data: nothing is cached, framed, loaded from elsewhere or posted from elsewhere.
 * The policy for referrers keeps the `Origin` header of our own forms, by which `csrf` knows them.
 */
export const pageSecurity: readonly MiddlewareHandler[] = [
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE],
      styleSrc: [NONCE],
      imgSrc: ['data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
  }),
  async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  },
  csrf(),
];

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

export const isLoopback = (host: string): boolean => loopback.includes(host) || host === '::1';

/**
 * Nobody logs in to a page on loopback, so no other host name may lead to it: a web page whose name is made to
 * resolve to this machine (DNS rebinding) would else be of the same origin and read it.
 */
export const onlyLoopback: MiddlewareHandler = async (c, next) => {
  const { hostname } = new URL(c.req.url);
  if (!isLoopback(hostname)) return c.text('This page answers on this machine only.', 403);
  return next();
};
