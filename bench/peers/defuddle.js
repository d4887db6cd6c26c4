export { Defuddle } from 'defuddle/node';
