/** Texts of our own for tests that need some length. */

export const paragraphs = [
  'The police came at dawn with three vans and took away tents and blankets while people were still asleep near the canal, and nobody was told where their belongings would be brought or when they could have them back again.',
  'By nine the lorries had left and the place was empty but for a kettle and some shoes. Volunteers walked along the water until noon, asked everybody they met what was missing, and wrote down ninety names in a school notebook.',
  'In the afternoon the town hall said that it had known of no order. The prefecture said that the ground belongs to the port, and the port said that it had asked for nothing but a clean path for its cyclists before the summer.',
  'We ask for dry blankets, for tents that two people can carry, and for somebody who drives to the depot on the hill, where things may lie for a week until they are thrown away without a word to those who own them.',
];

export const other =
  'A choir from the old quarter will sing in the kitchen of the union house, and whoever wants to cook is welcome from four in the afternoon; bring onions, lentils, a sharp knife and a song that the rest of us have never heard before in our lives.';

export const comment =
  'What strikes us most is how little of this was in the papers: one short notice under the weather, no names, no question to anybody who had slept there, and a photograph of a clean path that had been taken in another year and another season altogether.';
