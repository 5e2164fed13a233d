export { count } from '../diagnostics/count.js';
