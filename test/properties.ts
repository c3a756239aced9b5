/** Before each file of tests: a property that says how long a list may be means it. fast-check makes no more than ten of anything else. */
import fc from 'fast-check';

fc.configureGlobal({ defaultSizeToMaxWhenMaxSpecified: true });
