/** Runs around each file of the integration and e2e tests, which share the modules of their process. */

import { afterAll } from 'vitest';
import { closeSharedServers } from './shared-servers.ts';

afterAll(closeSharedServers);
