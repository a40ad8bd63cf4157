import type { SessionSettings } from '../options/session.js';

/** What a reply or a record says. */
export interface Fields {
  readonly access: string | undefined;
}

/**
 * Reads a token reply; `undefined` when it holds no access token.
 *
 * @param ahead how far the server's clock is ahead of this machine's, in ms
 */
export function readReply(reply: unknown, settings: SessionSettings, ahead?: number): Fields | undefined;
