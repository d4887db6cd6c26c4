export { Readability } from 'dom-smoothie-js';
