// @ts-check
// Making elements. Every text goes in as textContent: nothing is ever read as markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<Record<'class' | 'text' | 'dir' | 'lang' | 'id', string>>} [options]
 * @param {readonly (Node | string)[]} [children]
 */
export function createElement(tag, options = {}, children = []) {
  const element = document.createElement(tag)
  if (options.class) element.className = options.class
  if (options.text !== undefined) element.textContent = options.text
  if (options.dir) element.dir = options.dir
  if (options.lang) element.lang = options.lang
  if (options.id) element.id = options.id
  element.append(...children)
  return element
}

/** @param {string} text @param {string} [className] */
export const createText = (text, className = '') =>
  createElement('p', { text, class: className, dir: 'auto' })

/** @param {string} text @param {() => void} onPress @param {string} [className] */
export function createButton(text, onPress, className = '') {
  const button = createElement('button', { text, class: className, dir: 'auto' })
  button.type = 'button'
  button.addEventListener('click', onPress)
  return button
}

/** @param {string} url @param {string} text */
export function createLink(url, text) {
  const link = createElement('a', { text })
  link.href = url
  link.rel = 'noopener noreferrer'
  return link
}

/**
 * An element of a drawing. Its looks come from the style sheet: the page's policy refuses style attributes.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | number>>} [attributes]
 * @param {readonly Node[]} [children]
 */
export function createShape(tag, attributes = {}, children = []) {
  const shape = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, String(value))
  shape.append(...children)
  return shape
}
