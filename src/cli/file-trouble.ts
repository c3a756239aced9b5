/** Why a file or a folder cannot be written, in words for a person. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link that leads in a circle',
  EACCES: 'the user that runs relais may not write there',
  EPERM: 'the user that runs relais may not write there',
  EROFS: 'nothing can be written on that disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the user that runs relais may fill no more of that disk',
  EFBIG: 'it would be larger than files may be there',
  EBUSY: 'it is mounted by itself, so that nothing can take its place: mount the folder that it is in',
  ENAMETOOLONG: 'its name is too long',
};

/** Half a sentence, without a full stop. @throws the error where it is no trouble of a file */
export function whyNotWritten(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return reasons[code] ?? code;
}
