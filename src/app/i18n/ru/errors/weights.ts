/** Russian of the catalogue: files of weights. */
import type { weights } from '../../../../core/errors/catalogue/weights';
import type { Russian } from '../../shape';

export const weightsRu: Russian<typeof weights> = {
  'weights-truncated': {
    message: 'Файл обрывается: есть {{size}} байт из {{needed}}.',
    hint: 'Скопируйте или сохраните его снова.',
  },
  'weights-too-large': {
    message: 'В файле {{bytes}} байт; читается не больше {{limit}}.',
    hint: 'Сохраните только state dict, без оптимизатора и данных.',
  },
  'weights-pickle': {
    message: 'Это файл torch.save (.pt, .pth), а не safetensors.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-header-length': {
    message: 'Это не файл safetensors: длина заголовка была бы {{bytes}} байт (допустимо {{limit}}).',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-header': {
    message: 'Это не файл safetensors: в байте {{at}} заголовка ожидалось {{expected}}.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-not-utf8': {
    message: 'Заголовок файла — не текст UTF-8 (около байта {{at}}).',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-duplicate': {
    message: 'В заголовке дважды названо «{{name}}».',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-number': {
    message: 'У «{{name}}» вместо размера или позиции стоит {{text}}.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-too-many': {
    message: 'В файле перечислено больше {{limit}} массивов.',
    hint: 'Сохраните state dict одной модели.',
  },
  'weights-dtype': {
    message: 'У «{{name}}» тип {{dtype}}, который здесь не читается.',
    hint: 'Переведите модель во float32: model.float().',
  },
  'weights-shape': {
    message: 'У «{{name}}» невозможная форма: {{shape}}.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-offsets': {
    message: '«{{name}}» лежит с {{begin}} по {{end}}; это не соответствует форме и типу.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-gap': {
    message:
      '«{{name}}» начинается с {{begin}}, а не с {{at}}: массивы перекрываются или оставляют промежуток.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-order': {
    message: 'Массивы не соответствуют архитектуре {{architecture}}: «{{name}}» не на месте {{at}}.',
    of: { few: 'Массивы не соответствуют архитектуре {{architecture}}: передано {{at}} из {{count}}.' },
    hint: 'Это ошибка программы: сообщите о ней, приложив технические подробности.',
  },
  'weights-trailing': {
    message: 'За последним массивом следуют лишние байты: {{bytes}}.',
    hint: 'Сохраните веса так: safetensors.torch.save_file(model.state_dict(), path).',
  },
  'weights-integers': {
    message: 'В «{{name}}» целые числа ({{dtype}}), а не веса.',
    hint: 'Сохраните state dict самой модели; квантованная здесь не читается.',
  },
  'weights-not-finite': {
    message: 'В «{{name}}» на месте {{index}} стоит {{value}}.',
    hint: 'Возьмите контрольную точку до того, как обучение разошлось.',
  },
  'weights-mismatch': {
    message:
      'Веса не подходят к {{architecture}}: не хватает массивов: {{missing}}, неизвестных: {{unexpected}}, другой формы: {{shapes}} ({{list}}).',
    hint: 'Выберите архитектуру, ширину, размер входа и задачи, с которыми они обучены.',
  },
  'weights-missing': {
    message: 'Начальные веса «{{name}}» (SHA-256 {{id}}…) не хранятся в этом браузере.',
    hint: 'Загрузите этот файл снова в поле «Начать с» или начните с новых весов.',
  },
  'weights-no-file': {
    message: 'Веса загружаются из файла.',
    hint: 'Передайте File или Blob.',
  },
};
