// The public unions are written out, so that they read by themselves; each has the very words of `boundary.rs`, and no others.

import { expectTypeOf } from 'expect-type';
import type {
  AuthErrorCode,
  RefreshReason,
  SessionEvents,
  SessionStatus,
  SignOutReason,
  TraceRecord,
} from '../../dist/index.js';
import type {
  AUTH_CODE_WORDS,
  REFRESH_REASON_WORDS,
  SIGN_OUT_REASON_WORDS,
  STATUS_WORDS,
  TOPIC_WORDS,
  TRACE_STEP_WORDS,
  WARNING_WORDS,
} from '../../src/boundary.js';

expectTypeOf<AuthErrorCode>().toEqualTypeOf<(typeof AUTH_CODE_WORDS)[number]>();
expectTypeOf<RefreshReason>().toEqualTypeOf<(typeof REFRESH_REASON_WORDS)[number]>();
expectTypeOf<SessionStatus>().toEqualTypeOf<(typeof STATUS_WORDS)[number]>();
expectTypeOf<SignOutReason>().toEqualTypeOf<(typeof SIGN_OUT_REASON_WORDS)[number]>();
expectTypeOf<keyof SessionEvents>().toEqualTypeOf<(typeof TOPIC_WORDS)[number]>();
expectTypeOf<SessionEvents['warning']['code']>().toEqualTypeOf<(typeof WARNING_WORDS)[number]>();
expectTypeOf<(typeof TRACE_STEP_WORDS)[number]>().toExtend<TraceRecord['step']>();
