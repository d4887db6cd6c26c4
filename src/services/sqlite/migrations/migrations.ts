import type { Db } from '../db.ts';
import { createFirstTables } from './0001-first-tables.ts';
import { renameRetrySalts } from './0002-retry-salts.ts';
import { createSourceTexts } from './0003-source-texts.ts';
import { addMovedSources } from './0004-moved-sources.ts';

/** Each migrates the database by one version. Append only: a released migration is never changed. */
export const MIGRATIONS: readonly ((db: Db) => void)[] = [
  createFirstTables,
  renameRetrySalts,
  createSourceTexts,
  addMovedSources,
];
