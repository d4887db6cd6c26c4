// For `node --import`: an installation that left the optional package out.
import { register } from 'node:module';

register(
  `data:text/javascript,${encodeURIComponent(`
export async function resolve(name, context, next) {
  if (name === '@keyv/postgres') throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  return next(name, context);
}`)}`,
);
