/** The dialects of real apps, each below its own name. */

import { cookieRoutes } from './cookie.js';
import { datedRoutes } from './dated.js';
import { envelopeRoutes } from './envelope.js';
import { newRoutes } from './shared.js';
import { spansRoutes } from './spans.js';
import { xtokenRoutes } from './xtoken.js';

export const dialectRoutes = newRoutes()
  .route('/cookie', cookieRoutes)
  .route('/envelope', envelopeRoutes)
  .route('/dated', datedRoutes)
  .route('/xtoken', xtokenRoutes)
  .route('/spans', spansRoutes);
