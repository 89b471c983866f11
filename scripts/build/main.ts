/** `node main.js BUILT PLACE`: the last step of a build, by which it takes the place of the one before. */
import { placeBuild } from './place.ts';

const [built = '', place = ''] = process.argv.slice(2);
placeBuild(built, place);
