import type { SessionSettings } from '../options/session.js';

/** The values of a reply or a record as they were found. */
export interface Fields {
  readonly access: string | undefined;
}

/**
 * Reads the tokens of a reply; `undefined` if there is no access token.
 *
 * @param ahead how far the server's clock is ahead of this machine's, in ms
 */
export function readReply(reply: unknown, settings: SessionSettings, ahead?: number): Fields | undefined;
