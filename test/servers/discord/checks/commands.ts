import { Locale } from 'discord.js'
import type { Json } from '../types.ts'
import { codePoints, type FormErrors, isObject } from './form-errors.ts'

type Path = readonly (string | number)[]

/** https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u
const LOCALES = new Set<string>(Object.values(Locale))
const SUBCOMMAND = 1
const GROUP = 2
const LAST_TYPE = 11

/** Checks one command as it is sent for registration. With `partial` it is an edit, where fields may be missing. */
export function checkCommand(errors: FormErrors, path: Path, command: Json, partial = false): void {
  const type = typeof command.type === 'number' ? command.type : 1
  errors.integer([...path, 'type'], command.type, 1, 4)
  if (!partial || command.name !== undefined) {
    if (type === 1) checkName(errors, [...path, 'name'], command.name)
    else errors.text([...path, 'name'], command.name, 1, 32)
  }
  if (type === 1 && (!partial || command.description !== undefined)) {
    errors.text([...path, 'description'], command.description, 1, 100)
  }
  checkLocalizations(errors, path, command, type)
  checkOptions(errors, path, command.options, 0)
  if (totalText(command) > 8000) {
    errors.add(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)')
  }
}

/** Checks all commands of one PUT. */
export function checkCommandList(errors: FormErrors, commands: unknown[]): void {
  const names = new Set<string>()
  for (const [index, command] of commands.entries()) {
    if (!isObject(command)) {
      errors.add([index], 'MODEL_TYPE_CONVERT', 'Only dictionaries may be used in a ModelType')
      continue
    }
    checkCommand(errors, [index], command)
    const key = `${command.type ?? 1} ${String(command.name)}`
    if (names.has(key)) {
      errors.add([index], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique')
    }
    names.add(key)
  }
  if (commands.length > 110) errors.add([], 'APPLICATION_COMMANDS_TOO_MANY', 'At most 110 commands')
}

function checkName(errors: FormErrors, path: Path, name: unknown): void {
  if (!errors.text(path, name, 1, 32)) return
  if (!NAME.test(name)) {
    errors.add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')
  } else if (name !== name.toLowerCase()) {
    errors.add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name must be lower case')
  }
}

/** Names of commands in the context menus of messages and people may have capitals and spaces in every language. */
function checkLocalizations(errors: FormErrors, path: Path, owner: Json, type = 1): void {
  for (const field of ['name_localizations', 'description_localizations'] as const) {
    const texts = owner[field]
    if (!isObject(texts)) continue
    for (const [locale, text] of Object.entries(texts)) {
      const at = [...path, field, locale]
      if (!LOCALES.has(locale)) errors.add(at, 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid locale.`)
      else if (field === 'name_localizations' && type === 1) checkName(errors, at, text)
      else if (field === 'name_localizations') errors.text(at, text, 1, 32)
      else errors.text(at, text, 1, 100)
    }
  }
}

function checkOptions(errors: FormErrors, path: Path, options: unknown, depth: number): void {
  const list = errors.list([...path, 'options'], options, 0, 25)
  const names = new Set<unknown>()
  let optionalSeen = false
  const hasSubcommands = list.some((option) => isObject(option) && isNested(option.type))
  for (const [index, option] of list.entries()) {
    const at = [...path, 'options', index]
    const fields = isObject(option) ? option : {}
    if (fields.type === undefined) errors.add([...at, 'type'], 'BASE_TYPE_REQUIRED', 'This field is required')
    errors.integer([...at, 'type'], fields.type, SUBCOMMAND, LAST_TYPE)
    checkName(errors, [...at, 'name'], fields.name)
    errors.text([...at, 'description'], fields.description, 1, 100)
    checkLocalizations(errors, at, fields)
    if (names.has(fields.name)) {
      errors.add(at, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', 'Option names must be unique')
    }
    names.add(fields.name)
    if (isNested(fields.type)) {
      if (depth === 2 || (depth === 1 && fields.type === GROUP)) {
        errors.add(
          at,
          'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
          'Sub-command and sub-command group option types are mutually exclusive to all other types',
        )
      }
      checkOptions(errors, at, fields.options, fields.type === GROUP ? 1 : 2)
      continue
    }
    if (hasSubcommands || depth === 1) {
      errors.add(
        at,
        'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
        'Sub-command and sub-command group option types are mutually exclusive to all other types',
      )
    }
    if (fields.required === true && optionalSeen) {
      errors.add(
        at,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      )
    }
    if (fields.required !== true) optionalSeen = true
    checkValues(errors, at, fields)
  }
}

function checkValues(errors: FormErrors, path: Path, option: Json): void {
  const choices = errors.list([...path, 'choices'], option.choices, 0, 25)
  if (choices.length > 0 && option.autocomplete === true) {
    errors.add(
      path,
      'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES',
      'autocomplete may not be set to true if choices are present',
    )
  }
  checkChoices(errors, path, choices, option.type)
  errors.integer([...path, 'min_length'], option.min_length, 0, 6000)
  errors.integer([...path, 'max_length'], option.max_length, 1, 6000)
  const lengths = option.min_length !== undefined || option.max_length !== undefined
  if (lengths && option.type !== 3) {
    errors.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID',
      'min_length and max_length are for strings only',
    )
  }
  const bounds = option.min_value !== undefined || option.max_value !== undefined
  if (bounds && option.type !== 4 && option.type !== 10) {
    errors.add(
      path,
      'APPLICATION_COMMAND_OPTIONS_VALUE_INVALID',
      'min_value and max_value are for numbers only',
    )
  }
}

/** Checks the choices of an option, or the suggestions of an autocompletion. */
export function checkChoices(errors: FormErrors, path: Path, choices: unknown[], type: unknown): void {
  for (const [index, choice] of choices.entries()) {
    const at = [...path, 'choices', index]
    const fields = isObject(choice) ? choice : {}
    errors.text([...at, 'name'], fields.name, 1, 100)
    if (isObject(fields.name_localizations)) {
      for (const [locale, text] of Object.entries(fields.name_localizations)) {
        const where = [...at, 'name_localizations', locale]
        if (!LOCALES.has(locale))
          errors.add(where, 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid locale.`)
        else errors.text(where, text, 1, 100)
      }
    }
    if (type === 3) errors.text([...at, 'value'], fields.value, 1, 100)
    else if (typeof fields.value !== 'number') {
      errors.add([...at, 'value'], 'NUMBER_TYPE_COERCE', `Value "${String(fields.value)}" is not a number.`)
    }
  }
}

function isNested(type: unknown): boolean {
  return type === SUBCOMMAND || type === GROUP
}

/** Total length of names, descriptions and values, each in its longest language. */
function totalText(owner: Json): number {
  const longest = (text: unknown, others: unknown) =>
    Math.max(
      typeof text === 'string' ? codePoints(text) : 0,
      ...(isObject(others) ? Object.values(others).map((other) => codePoints(String(other))) : []),
    )
  let total =
    longest(owner.name, owner.name_localizations) +
    longest(owner.description, owner.description_localizations)
  for (const list of [owner.options, owner.choices]) {
    if (Array.isArray(list)) for (const entry of list) if (isObject(entry)) total += totalText(entry)
  }
  return typeof owner.value === 'string' ? total + codePoints(owner.value) : total
}
