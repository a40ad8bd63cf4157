import type { CreateClient } from '../index.js';

export const apollo: CreateClient;
export const ky: CreateClient;
export const wretch: CreateClient;
