export { default as KeyvRedis } from '@keyv/redis';
export { Keyv } from 'keyv';
export { KeyvFile } from 'keyv-file';
