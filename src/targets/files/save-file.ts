import { namingFileErrors } from '../../util/files/file-error.ts';
import { writeFileAtomic } from '../../util/files/files.ts';

/** Writes a file of the output folder whole or not at all. Throws `DISK_FULL` or `OUTPUT_UNWRITABLE`. */
export async function saveFile(path: string, text: string): Promise<void> {
  await namingFileErrors({ path, hint: 'Give the folder write permission, or name another one with --out.' }, () =>
    writeFileAtomic(path, text),
  );
}
