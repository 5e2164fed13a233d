export { removePackedFolder as default } from './packed-folder.setup.mjs';
