import { readFile } from 'node:fs/promises';
import type { RemotePost, Target } from '../../core/publishing.ts';
import { sealed } from '../../stages/publish/render/seal.ts';
import { provenanceOf, readOwn } from '../../targets/files/read-own.ts';
import { writeFileAtomic } from '../../util/files/files.ts';
import { editFrontMatter } from '../../util/front/edit-front-matter.ts';
import { readFrontMatter } from '../../util/front/front-matter.ts';
import type { PostFile } from './read-posts.ts';

/** Writes the post's ID at a target into its file, if blogger wrote the file, so that it survives the loss of the state folder. No other byte changes. */
export async function writeDown(
  { path, sourceKey }: Pick<PostFile, 'path' | 'sourceKey'>,
  { name, place }: Pick<Target, 'name' | 'place'>,
  remote: RemotePost | undefined,
): Promise<void> {
  if (remote === undefined || sourceKey === undefined || !path.endsWith('.md')) return;
  const text = await readFile(path, 'utf8');
  const own = readOwn(text, path);
  if (own.sourceKey !== sourceKey) return;
  const { id, url, slug, revision, textHash } = remote;
  const written = JSON.stringify({ place, id, url, slug, revision, textHash });
  const edited = editFrontMatter(text, [{ path: placeIn(text, name), value: written }]);
  const after = own.isUntouched ? sealed(edited, sourceKey) : edited;
  if (after !== text) await writeFileAtomic(path, after);
}

/** Added to the file's provenance. */
function placeIn(text: string, target: string): readonly string[] {
  const { data } = readFrontMatter(text);
  if ('review' in data) return [target];
  return provenanceOf(data) === data['provenance'] ? ['provenance', target] : ['extra', 'provenance', target];
}
