// People who try the 辽宁 check on 2026-11-21, and what each should be told.

export const PACK = "liaoning-minority-professionals-draft";
export const CHECK = `#/p/${PACK}/trainee`;
export const TODAY = "2026-11-21";

/** The heading of each question, by fact. */
export const QUESTIONS = {
  unit_place: "您的工作单位在哪个县（市）？",
  unit_kind: "您的工作单位属于哪一种？",
  technical_work: "您现在是否从事专业技术工作？",
  management_work: "您现在是否从事管理工作？",
  ethnicity: "您的民族是？",
  title_level: "您现在的专业技术职称是哪一级？",
  birth_date: "您的出生日期是哪一天？",
  work_start: "您是什么时候参加工作的？",
  retirement_category: "您将来按哪一类办理退休？",
  division_rank: "您是否担任县处级职务（正职、副职，或者相当的职级）？",
  urgent_speciality: "您的专业在当地是否属于急需紧缺专业？",
  grassroots_post: "您是否在艰苦边远地区或者基层一线岗位工作？",
  useful_after_retirement: "您退休以后，是否还能继续用专业技术发挥作用？",
  special_training_record: "您以前当过少数民族专业技术人才特殊培养的学员吗？",
};

/** The heading of the list of declarations. */
export const DECLARATIONS = "下面各项，是否都符合您的情况？";

/** 符合: a teacher from 凤城 with all that is required. Yes/no are the words on the page. */
export const TEACHER = {
  unit_place: "凤城市",
  unit_kind: "事业单位",
  technical_work: "是",
  management_work: "否",
  ethnicity: "满族",
  title_level: "中级",
  birth_date: "1985-03-07",
  work_start: "2008-08-01",
  retirement_category: "男职工",
  special_training_record: "没有参加过",
};

/** 待认定: whether a manager is admitted is for the province's office to say. */
export const MANAGER = { ...TEACHER, management_work: "是" };

/** 不符合: the title is one level too low. */
export const JUNIOR = { ...TEACHER, title_level: "助理级" };

/** 待补充: does not know when they took up work; the personnel office can tell. */
export const FORGETFUL = { ...TEACHER, work_start: null };
