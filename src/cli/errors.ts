/** The audit could not run. The message names the thing and the mend; there is no stack to show. Exit code 2. */
export class AuditError extends Error {
  override name = 'AuditError';
}

/** What `error` says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
