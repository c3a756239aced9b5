/** How a feed says that a Relais has written it: then the first paragraph of each text is that one's credit, and not the text's. */

export const generatorName = 'Relais';
