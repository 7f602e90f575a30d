// People who try the 辽宁 check on 2026-11-21, and what each should be told.

export const PACK = "liaoning-minority-professionals-draft";
export const CHECK = `#/p/${PACK}/trainee`;
export const TODAY = "2026-11-21";

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

/** What the teacher writes into the 推荐表: the item's label, what is entered, and the tag in the document (with `=` for boxes to tick). */
export const FORM_ENTRIES = [
  ["姓名", "王小明", "full_name"],
  ["性别", "男", "sex"],
  ["出生日期", "1985-03-07", "birth_date"],
  ["民族", "满族", "ethnicity"],
  ["政治面貌", "群众", "political_status"],
  ["籍贯", "辽宁凤城", "native_place"],
  ["参加工作时间", "2008-08-01", "work_start"],
  ["健康状况", "良好", "health_status"],
  ["职称等级", "中级", "title_level"],
  ["学历", "大学本科", "education"],
  ["学位", "学士", "degree"],
  ["职称取得时间", "2015-12", "title_obtained"],
  ["职称名称", "一级教师", "title_name"],
  ["从事专业", "高中物理教学", "speciality"],
  ["毕业院校及专业", "辽东学院物理学", "school_and_major"],
  ["联系电话", "13000000000", "phone"],
  ["身份证号", "210682198503070012", "id_number"],
  ["单位性质", "事业单位", "unit_kind"],
  ["工作单位", "凤城市样例中学", "unit_name"],
  ["职务（岗位）", "物理教师", "post"],
  ["单位所在县（市）", "凤城市", "unit_place"],
  ["退休类别", "男职工", "retirement_category"],
  ["国家通用语言文字", "是", "standard_chinese="],
  ["计算机操作", "是", "computer_skills="],
  ["身体健康", "是", "fit_for_training="],
  ["从事管理工作", "否", "management_work="],
  ["以往参加特培情况", "没有参加过", "special_training_record"],
  ["家属姓名、关系、电话", "张某，妻子，13100000000", "family_contact"],
  ["学习经历", [{ 起止年月: "2004.09—2008.07", 学校及专业: "辽东学院物理学专业", 学历学位: "本科、学士" }], "education_history"],
  ["工作经历", [
    { 起止年月: "2008.08—2015.07", 工作单位: "凤城市样例镇中学", "职务或者岗位": "教师" },
    { 起止年月: "2015.08至今", 工作单位: "凤城市样例中学", "职务或者岗位": "物理教师" },
  ], "work_history"],
  ["主要业绩成果", [], "achievements"],
  ["研修方向", "高中物理实验教学", "study_wish"],
  ["希望解决的问题和预期目标", "建成全县共用的物理实验课程，三年内带出五名青年教师。", "study_goal"],
];
