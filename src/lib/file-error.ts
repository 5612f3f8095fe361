/** Why a file could not be read or written, for people. */

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is no folder',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'nothing may be written there',
  ENOSPC: 'the disk is full',
};

/** What an error of the file system says; the error's own message where it is another one. */
export function fileErrorReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
