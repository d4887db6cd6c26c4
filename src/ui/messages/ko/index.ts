/** Korean: English templates of messages and how a person reads them. */

import type { Catalogue } from '../translator.ts';
import { checks } from './checks.ts';
import { codes } from './codes.ts';
import { commands } from './commands.ts';
import { doctor } from './doctor.ts';
import { figures } from './figures.ts';
import { models } from './models.ts';
import { publishing } from './publishing.ts';
import { reading } from './reading.ts';
import { run } from './run.ts';
import { settings } from './settings.ts';
import { state } from './state.ts';

export const ko: Catalogue = {
  ...codes,
  ...commands,
  ...settings,
  ...reading,
  ...models,
  ...state,
  ...checks,
  ...publishing,
  ...doctor,
  ...run,
  ...figures,
};
