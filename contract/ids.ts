import { z } from 'zod';

/** Every identifier is a string of 1..64 URL-safe characters; the brand keeps one kind from standing in for another. */
const idText = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"');

export const AccountId = idText.brand<'AccountId'>();
export type AccountId = z.infer<typeof AccountId>;
export const DeviceId = idText.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;
export const TargetId = idText.brand<'TargetId'>();
export type TargetId = z.infer<typeof TargetId>;
export const RequestId = idText.brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;
export const GrantId = idText.brand<'GrantId'>();
export type GrantId = z.infer<typeof GrantId>;
export const SessionId = idText.brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;
/** A group of reviewers: its name is its id. */
export const ReviewerGroupId = idText.brand<'ReviewerGroupId'>();
export type ReviewerGroupId = z.infer<typeof ReviewerGroupId>;
/** A recording carries the id of the session that it records. */
export const RecordingId = SessionId;
export type RecordingId = SessionId;
